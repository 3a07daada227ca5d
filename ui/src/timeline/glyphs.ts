/** The sign of each kind on canvas: shape says the kind, colour repeats it. */

import type { Meaning } from '../lib/Glyph.svelte'
import type { EventKind } from '../lib/types'
import { unconfirmed } from './filters'
import type { Item } from './model'
import type { Palette } from './palette'

export const MEANING: Record<Item['kind'], Meaning> = {
  change: 'change',
  code: 'change',
  orchestrator: 'change',
  alert: 'alert',
  signal: 'deviation',
  chat: 'human',
  command: 'human',
  status: 'human',
  added: 'decision',
  milestone: 'milestone',
  gap: 'gap',
}

/** What the reader filters by, in the order of the legend. */
export const KIND_WORDS: Record<EventKind, string> = {
  change: 'Changes',
  code: 'Code merged',
  alert: 'Alerts and pages',
  signal: 'Signals leaving their range',
  chat: 'Chat',
  command: 'Commands',
  status: 'Status posts',
  orchestrator: 'Instances started and stopped',
  added: 'Added by people',
}

/** Has an alert ended, not begun? It keeps its shape and loses its fill. */
export function isEnd(item: Item): boolean {
  return item.attributes.some(([name, value]) => name === 'state' && value === 'resolved')
}

export function glyph(ctx: CanvasRenderingContext2D, item: Item, x: number, y: number, colours: Palette): void {
  ctx.beginPath()
  if (item.aside) ctx.globalAlpha = 0.4
  if (item.stars) star(ctx, x, y, colours)
  else if (item.kind === 'alert') triangle(ctx, x, y, isEnd(item), colours)
  else if (item.kind === 'change') diamond(ctx, x, y, 5.6, true, colours)
  else if (item.kind === 'code') diamond(ctx, x, y, 5.6, false, colours)
  else if (item.kind === 'orchestrator') diamond(ctx, x, y, 4, false, colours)
  else if (item.kind === 'signal') rise(ctx, x, y, colours)
  else if (item.kind === 'added') square(ctx, x, y, unconfirmed(item), colours)
  else ring(ctx, x, y, item.kind === 'command', colours)
  ctx.globalAlpha = 1
}

function star(ctx: CanvasRenderingContext2D, x: number, y: number, colours: Palette): void {
  for (let i = 0; i < 10; i++) {
    const [r, turn] = [i % 2 ? 2.6 : 6, (i * Math.PI) / 5 - Math.PI / 2]
    ctx.lineTo(x + r * Math.cos(turn), y + r * Math.sin(turn))
  }
  ctx.closePath()
  paint(ctx, colours.ink, false, colours)
}

function triangle(ctx: CanvasRenderingContext2D, x: number, y: number, hollow: boolean, colours: Palette): void {
  ctx.moveTo(x, y - 5.1)
  ctx.lineTo(x + 5.4, y + 4)
  ctx.lineTo(x - 5.4, y + 4)
  ctx.closePath()
  paint(ctx, colours.alert, hollow, colours)
}

function diamond(ctx: CanvasRenderingContext2D, x: number, y: number, r: number, full: boolean, colours: Palette): void {
  ctx.moveTo(x, y - r)
  ctx.lineTo(x + r, y)
  ctx.lineTo(x, y + r)
  ctx.lineTo(x - r, y)
  ctx.closePath()
  paint(ctx, colours.change, !full, colours)
}

function square(ctx: CanvasRenderingContext2D, x: number, y: number, hollow: boolean, colours: Palette): void {
  ctx.roundRect(x - 4, y - 4, 8, 8, 1.2)
  paint(ctx, colours.decision, hollow, colours)
}

function ring(ctx: CanvasRenderingContext2D, x: number, y: number, dotted: boolean, colours: Palette): void {
  ctx.arc(x, y, 4, 0, 2 * Math.PI)
  ctx.fillStyle = colours.surface
  ctx.fill()
  ctx.strokeStyle = colours.human
  ctx.lineWidth = 2.2
  ctx.stroke()
  if (!dotted) return
  ctx.beginPath()
  ctx.arc(x, y, 1.2, 0, 2 * Math.PI)
  ctx.fillStyle = colours.human
  ctx.fill()
}

function rise(ctx: CanvasRenderingContext2D, x: number, y: number, colours: Palette): void {
  ctx.moveTo(x - 5.5, y + 3.5)
  ctx.lineTo(x - 1, y + 3.5)
  ctx.lineTo(x + 5.5, y - 4)
  ctx.strokeStyle = colours.deviationFill
  ctx.lineWidth = 2.2
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  ctx.stroke()
  ctx.lineCap = 'butt'
}

function paint(ctx: CanvasRenderingContext2D, colour: string, hollow: boolean, colours: Palette): void {
  ctx.fillStyle = hollow ? colours.surface : colour
  ctx.fill()
  if (!hollow) return
  ctx.strokeStyle = colour
  ctx.lineWidth = 1.6
  ctx.stroke()
}
