/** What a page shows when it is not in its best hour. */

export { default as EmptyState } from './EmptyState.svelte'
export { default as ErrorState } from './ErrorState.svelte'
export { default as Loaded } from './Loaded.svelte'
export { default as LoadingState } from './LoadingState.svelte'
export { default as StaleState } from './StaleState.svelte'
