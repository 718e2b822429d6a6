import type { Page } from './types'

/** The address's query as a page: `widget=lexical&busy=500&suggest=1`. */
export function pageIn(query: URLSearchParams): Page {
  const page: Record<string, unknown> = { widget: query.get('widget') }
  for (const [key, value] of query) page[key] = key === 'placeholder' ? value : valueOf(value)
  return page as unknown as Page
}

/** The query of that page. */
export function queryOf(name: string, page: Page): string {
  const query = new URLSearchParams({ name })
  for (const [key, value] of Object.entries(page)) query.set(key, String(value))
  return query.toString()
}

function valueOf(value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true'
  return value !== '' && Number.isFinite(Number(value)) ? Number(value) : value
}
