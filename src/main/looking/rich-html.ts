/** Elements that hold text and say no more of it than where its lines end. */
const plainElements = new Set(['html', 'head', 'body', 'meta', 'div', 'p', 'br', 'span', 'font', 'style'])
/** What makes a plain element more than its text: a weight, a slant, a line through it. */
const marked =
  /font-weight:\s*(?:bold|[6-9]00)|font-style:\s*italic|text-decoration[^;"]*:\s*(?:[^;"]*\b)?(?:underline|line-through)/i
/** A piece that is kept or taken out whole: a mention, an attachment. */
const piece =
  /\scontenteditable\s*=\s*["']?false|\sdata-(?:type|mention|id|label|beautiful-mention|lexical-[a-z-]*mention)\b/i

/** Elements of pages that no input holds: a selection with one of them is not an input's. */
const ofPages =
  /<(?:button|dialog|input|textarea|select|form|nav|header|footer|main|section|article|aside|iframe)\b/i

/** True if HTML was copied out of a page, and not out of an input: the focus was not where text is written. */
export function isPageHtml(html: string): boolean {
  return ofPages.test(html)
}

/** True if HTML that was copied out of an input holds more than plain text: bold, links, lists, chips, images. */
export function isRichHtml(html: string): boolean {
  const tags = html
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .matchAll(/<([a-z][a-z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi)
  for (const [, name = '', attributes = ''] of tags) {
    if (!plainElements.has(name.toLowerCase()) || marked.test(attributes) || piece.test(attributes))
      return true
  }
  return false
}
