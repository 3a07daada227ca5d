/** The document's text: reading, keeping, merging and bringing back versions of its sections. */

import * as api from '../lib/api'
import type { components } from '../lib/schema'
import type { Report, Section } from './types'

type Schemas = components['schemas']

export type SectionNow = Schemas['SectionNow']
export type Stale = Schemas['Stale']
export type Version = Schemas['Version']
export interface TextNow {
  document: { envelope: Schemas['Envelope']; body: Report; hash: string }
  sections: SectionNow[]
}

const of = (incident: string, rest = ''): string => `/incidents/${encodeURIComponent(incident)}/text${rest}`
const at = (incident: string, section: string, rest = ''): string => of(incident, `/${encodeURIComponent(section)}${rest}`)

export const readText = (incident: string, stop?: AbortSignal): Promise<TextNow> => api.get(of(incident), stop)
export const versionText = (incident: string, section: string, version: string, stop?: AbortSignal): Promise<{ markdown: string }> =>
  api.get(at(incident, section, `/versions/${encodeURIComponent(version || 'analysis')}`), stop)
export const writeText = (incident: string, section: string, base: string, markdown: string, holds: readonly string[] = []): Promise<TextNow> =>
  api.send('PUT', at(incident, section), { base, markdown, holds })
export const restoreText = (incident: string, section: string, version: string): Promise<TextNow> =>
  api.send('POST', at(incident, section, '/restore'), { version })
export const mergeText = (incident: string, section: string, base: string, markdown: string): Promise<Schemas['Merged']> =>
  api.send('POST', at(incident, section, '/merge'), { base, markdown })
export const previewText = (incident: string, section: string, base: string, markdown: string, stop?: AbortSignal): Promise<Section> =>
  api.send('POST', at(incident, section, '/preview'), { base, markdown }, stop)

const short = (incident: string): string => `/incidents/${encodeURIComponent(incident)}/executive`
export const readExecutive = (incident: string, stop?: AbortSignal): Promise<TextNow['document']> => api.get(short(incident), stop)
export const executiveFile = (incident: string, form: 'pdf' | 'html' | 'md' | 'json'): string => `${short(incident)}.${form}`
