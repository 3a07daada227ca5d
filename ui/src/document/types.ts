/** The report as a tree: sections of blocks, each with its name as a tag; a claim names what it rests on. */

import type { components } from '../lib/schema'

type Schemas = components['schemas']

export type Claim = Schemas['Claim']
export type Rows = Schemas['Rows'] & { block: 'Rows' }
export type Chart = Schemas['Chart'] & { block: 'Chart' }
export type Block = (Schemas['Paragraph'] & { block: 'Paragraph' }) | (Schemas['Bullets'] & { block: 'Bullets' }) | Rows | Chart
export type Section = Omit<Schemas['Section'], 'blocks'> & { blocks: Block[] }
export type Report = Omit<Schemas['ReportBody'], 'sections'> & { sections: Section[] }
