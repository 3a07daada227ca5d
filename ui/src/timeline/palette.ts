/** Colours, fonts and the hatch of the current theme, read from the tokens once a theme change. */

const NAMES = {
  surface: '--surface', sunken: '--sunken', line: '--line', line2: '--line-2',
  ink: '--ink', ink2: '--ink-2', ink3: '--ink-3', signal: '--signal', band: '--band',
  deviation: '--deviation', deviationFill: '--deviation-fill', alert: '--alert-fill', change: '--change-fill',
  human: '--human-fill', decision: '--decision-fill', gap: '--gap', gapLine: '--gap-line', gapTint: '--gap-tint',
} as const

export type Palette = Record<keyof typeof NAMES, string> & { sans: string; hatch: CanvasPattern | string }

/** The tokens as they apply to `element`; the hatch is 45°, one pixel every five. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element)
  const colours = Object.fromEntries(Object.entries(NAMES).map(([name, token]) => [name, style.getPropertyValue(token).trim()]))
  const sans = style.getPropertyValue('--sans').trim() || 'sans-serif'
  const base = colours as Record<keyof typeof NAMES, string>
  return { ...base, sans, hatch: hatch(base.gapTint, base.gapLine) }
}

function hatch(ground: string, line: string): CanvasPattern | string {
  const tile = document.createElement('canvas')
  tile.width = tile.height = 7 // a period of 7 along the edge is 5 across the lines
  const ctx = tile.getContext('2d')
  if (!ctx) return ground
  ctx.fillStyle = ground
  ctx.fillRect(0, 0, 7, 7)
  ctx.strokeStyle = line
  ctx.lineWidth = 1
  ctx.beginPath()
  for (const shift of [-7, 0, 7]) {
    ctx.moveTo(shift - 1, 8)
    ctx.lineTo(shift + 8, -1)
  }
  ctx.stroke()
  return ctx.createPattern(tile, 'repeat') ?? ground
}
