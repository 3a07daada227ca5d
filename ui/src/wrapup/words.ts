/** Short words for what an action still lacks, and for how far somebody took it on. */

export const LACKS: Readonly<Record<string, string>> = {
  owner_nobody: 'no owner',
  owner_asked: 'owner asked, no answer yet',
  owner_declined: 'declined',
  factor: 'answers no factor',
  test: 'no test that says when it works',
}

/** How an action is owned, in words. */
export function owned(owner: string, ownership: string): string {
  if (!owner || ownership === 'nobody') return 'without an owner'
  return ownership === 'accepted' ? owner : ownership === 'declined' ? `${owner} declined` : `${owner}, asked`
}
