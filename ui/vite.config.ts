import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

// `npm run dev` beside a running `secondstory serve --port 8642`; open the address that it prints on port 5173.
const server = 'http://127.0.0.1:8642'

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: '../src/secondstory/web/static',
    emptyOutDir: true,
    target: 'es2022',
    // The content policy allows no data: scripts, and fonts only as files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': server } },
})
