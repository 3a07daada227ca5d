/** The room's parts by the names that its components use. */

import type { RoomLine, RoomConsent, RoomParts } from '../lib/types'

export type { RoomBox as BoxNow, RoomClock as ClockNow, RoomHand as Hand, RoomPoll as Poll, RoomLine as Line, RoomMessage as Message, RoomConsent as ConsentNow } from '../lib/types'
export type Parts = RoomParts
export type ItemKind = RoomLine['kind']
export type Ownership = RoomLine['ownership']
export type ConsentKind = RoomConsent['what']
