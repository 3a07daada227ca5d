"""The page's few lines of script, without which every chip is still a link, and its drawn signs."""

from __future__ import annotations

SCRIPT = """
(() => {
const d = document, root = d.documentElement, panel = d.getElementById('panel'), box = panel.lastElementChild;
let from = null;
root.classList.add('js');
const mark = chip => {
  if (from) from.removeAttribute('aria-expanded');
  from = chip;
  if (chip) chip.setAttribute('aria-expanded', 'true');
};
const shut = () => {
  if (!panel.open) return;
  panel.close();
  const chip = from;
  mark(null);
  if (chip) chip.focus();
};
const open = (chip, entry) => {
  const copy = entry.cloneNode(true);
  copy.removeAttribute('id');
  copy.querySelectorAll('figure[id]').forEach(figure => figure.removeAttribute('id'));
  box.replaceChildren(copy);
  if (!chip.closest('#panel')) mark(chip);
  if (!panel.open) panel.show();
  panel.scrollTop = 0;
  panel.querySelector('.shut').focus();
};
d.addEventListener('click', event => {
  const at = event.target, chip = at.closest('a.ev');
  if (at.closest('.shut')) return shut();
  if (at.closest('.theme')) {
    root.dataset.theme = getComputedStyle(root).colorScheme === 'dark' ? 'light' : 'dark';
    return;
  }
  const entry = chip && d.getElementById(decodeURIComponent(chip.hash.slice(1)));
  if (entry && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    open(chip, entry);
  } else if (at.closest('#panel .places') && innerWidth < 1280) shut();
});
d.addEventListener('keydown', event => { if (event.key === 'Escape') shut(); });
const links = new Map([...d.querySelectorAll('nav a')].map(link => [link.hash.slice(1), link]));
const watch = new IntersectionObserver(entries => entries.forEach(entry => {
  if (!entry.isIntersecting) return;
  links.forEach(link => link.removeAttribute('aria-current'));
  const link = links.get(entry.target.id);
  if (link) link.setAttribute('aria-current', 'true');
}), { rootMargin: '-10% 0px -80% 0px' });
links.forEach((_, id) => { const section = d.getElementById(id); if (section) watch.observe(section); });
})();
""".strip()

SPRITES = (
    '<svg class="sprites" aria-hidden="true"><defs><pattern id="hatch" width="6" height="6" '
    'patternTransform="rotate(45)" patternUnits="userSpaceOnUse"><rect class="hatch-ground" width="6" height="6"/>'
    '<path class="hatch-line" d="M0 0V6"/></pattern></defs></svg>'
)
LOGO = (
    '<svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="currentColor" '
    'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M3 16.5h14"/>'
    '<path d="M5 12.2h10" opacity=".38"/>'
    '<path d="M5 8.2V3.5l5 4 5-4v4.7"/></svg>'
)
SUN = (
    '<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="5.5" fill="none" '
    'stroke="currentColor" stroke-width="1.5"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor"/></svg>'
)
