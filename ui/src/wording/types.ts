/** What the linter answers. */

import type { components } from '../lib/schema'

type Schemas = components['schemas']

export type Finding = Schemas['LintFinding']
export type LintedText = Schemas['LintedText']
export type Linted = Schemas['Linted']
