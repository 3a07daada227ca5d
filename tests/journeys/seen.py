"""What a person meets, as checks: a page at rest, axe in both themes, widths, words, motion, and where Tab leads."""

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from playwright.sync_api import Page, expect

# Words in HTML that can be seen, or reached by scrolling. Left out: what a page draws to scale (ticks of axes, lanes
# in view), and what is only there for the eye or only for the ear.
WORDS = """() => {
  const found = new Set()
  const scaled = 'svg, option, .sr, :has(> [role=listbox]), [role=columnheader][aria-label]'
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const text = node.textContent.trim().replace(/\\s+/g, ' ')
    const holder = node.parentElement
    if (!/[\\p{L}\\p{N}]/u.test(text) || holder.closest(scaled)) continue
    if (holder.checkVisibility({ checkVisibilityCSS: true })) found.add(text)
  }
  return [...found]
}"""

# What is wrong once the page has had time to lay itself out anew: pixels outside frame and page, words that are gone.
AMISS = """async said => {
  const lost = () => {
    const boxes = [document.documentElement, document.querySelector('main')]
    const [frame, main] = boxes.map(one => one.scrollWidth - one.clientWidth)
    return frame <= 1 && main <= 1 ? '' : `${frame} px of the frame and ${main} px of the page lie outside`
  }
  const until = performance.now() + 10_000
  while (performance.now() < until && lost()) await new Promise(done => setTimeout(done, 50))
  const now = new Set((WORDS)())
  return [lost(), ...said.filter(one => !now.has(one)).map(one => `gone: ${one}`)].filter(Boolean)
}""".replace("WORDS", WORDS)

PATIENCE = 20  # presses, in all, that find what is in focus out of sight

# Looks at the element in focus each time that Tab is pressed, before the focus moves on: what draws the focus, and
# whether any of it can be seen.
WATCH = """() => {
  const usable = one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility()
  const stops = [...document.querySelectorAll('*')].filter(usable)
  const tabs = window.tabs = { stops, order: [], faults: [], left: false, patience: PATIENCE }
  const ring = one => { const s = getComputedStyle(one); return `${s.outlineStyle} ${s.outlineWidth}` }
  const told = one => one.outerHTML.slice(0, 160)
  addEventListener('keydown', event => {
    if (event.key !== 'Tab' || tabs.left) return
    const at = document.activeElement
    if (at === document.body) { tabs.left = tabs.order.length > 0; return }
    const box = at.getBoundingClientRect()
    const inside = at.closest('main')?.getBoundingClientRect()
    const frame = inside ?? { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
    const left = Math.max(box.left, frame.left, 0), right = Math.min(box.right, frame.right, innerWidth)
    const top = Math.max(box.top, frame.top, 0), bottom = Math.min(box.bottom, frame.bottom, innerHeight)
    const parts = [.1, .5, .9]
    const places = parts.flatMap(x => parts.map(y => [left + (right - left) * x, top + (bottom - top) * y]))
    const isSeen = places.some(([x, y]) => at.contains(document.elementFromPoint(x, y)))
    const isDrawn = [at, at.closest('label') ?? at].some(one => ring(one) === 'solid 2px')
    // What is drawn late may push it away for a moment: it stays in focus, and is looked at again.
    if (!isSeen && tabs.patience > 0) { tabs.patience -= 1; event.preventDefault(); return }
    const before = tabs.order.at(-1) ?? at
    const isNext = before === at || before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING
    if (!isDrawn) tabs.faults.push(`not drawn: ${told(at)}`)
    if (!isSeen) tabs.faults.push(`out of sight: ${told(at)}`)
    if (!isNext) tabs.faults.push(`backwards: ${told(at)}`)
    tabs.order.push(at)
  }, true)
  return stops.length
}""".replace("PATIENCE", str(PATIENCE))

WALKED = """() => {
  const undone = new Set(tabs.stops.filter(one => one.isConnected && one.tabIndex >= 0))
  for (const one of tabs.order) undone.delete(one)
  return { left: tabs.left, faults: tabs.faults, undone: [...undone].map(one => one.outerHTML.slice(0, 160)) }
}"""

MOVING = """() => [...document.querySelectorAll('*')].filter(one => {
  const style = getComputedStyle(one)
  return style.animationName !== 'none' || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0)
}).map(one => one.outerHTML.slice(0, 120))"""

# Some boxes that scroll are stops of Tab too, and fields for a time have several.
SPARE = 20


def settled(page: Page) -> None:
    """Wait until the page's own code is there and nothing of it is still being loaded."""
    expect(page.locator("main > *").first).to_be_attached()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def assert_axe_finds_nothing(page: Page) -> None:
    """No rule of axe is broken, in light and in dark."""
    # While colours change over from one theme to the other, neither can be measured.
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    _axe(page)
    # Only colours differ in the dark; the tree that all other rules read is the same.
    page.emulate_media(color_scheme="dark")
    _axe(page, rules=["color-contrast", "link-in-text-block"])


def _axe(page: Page, rules: list[str] | None = None) -> None:
    found = Axe().run(page, options=DEFAULT_OPTIONS | ({"runOnly": rules} if rules else {}))
    assert found.violations_count == 0, found.generate_report()


def assert_nothing_is_lost(page: Page, sizes: Iterable[tuple[int, int]]) -> None:
    """At each size the page stays inside its frame and says every word that it says now."""
    said = page.evaluate(WORDS)
    assert said, "the page says nothing"
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        amiss = page.evaluate(AMISS, said)
        assert not amiss, f"at {width} px: {amiss}"


def assert_tab_leads_everywhere(page: Page) -> None:
    """Tab visits all that can be used, in the order of the page, each visibly, and leaves the page at its end."""
    steps = page.evaluate(WATCH) + SPARE + PATIENCE
    for _ in range(steps):
        page.keyboard.press("Tab")
    walked = page.evaluate(WALKED)
    assert walked["faults"] == [], walked["faults"]
    assert walked["undone"] == [], walked["undone"]
    assert walked["left"], f"Tab does not leave the page within {steps} steps"


def assert_nothing_moves(page: Page) -> None:
    """No element has an animation or a transition."""
    moving = page.evaluate(MOVING)
    assert moving == [], moving
