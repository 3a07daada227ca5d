/** The report as a tree: sections of blocks; a claim names what it rests on. */

export interface Claim {
  text: string
  kind: 'fact' | 'inference' | 'opinion' | 'frame'
  evidence_ids: string[]
  gap_keys: string[]
}

export interface Paragraph {
  block: 'Paragraph'
  claims: Claim[]
  voice: string
}

export interface Bullets {
  block: 'Bullets'
  claims: Claim[]
}

export interface GridRow {
  cells: string[]
  evidence_ids: string[]
  gap_keys: string[]
  key: string
}

export interface Rows {
  block: 'Rows'
  caption: string
  columns: string[]
  rows: GridRow[]
  look: string
}

export interface Chart {
  block: 'Chart'
  key: string
  title: string
  summary: string
  unit: string
  start: string
  length_s: number
  points: { at_s: number; value: number | null }[]
  band_low: number | null
  band_high: number | null
  limit: number | null
  marks: { from_s: number; to_s: number; label: string; kind: string }[]
  evidence_ids: string[]
}

export type Block = Paragraph | Bullets | Rows | Chart

export interface Section {
  key: string
  title: string
  blocks: Block[]
}

export interface Report {
  title: string
  incident_id: string
  time_zone: string
  sections: Section[]
}
