import type { Check } from '../../contract/doctor'

export function passed(name: string, found: string): Check {
  return { name, ok: true, found }
}

/** Something that keeps messages from their agents. */
export function failed(name: string, found: string, remedy: string): Check {
  return { name, ok: false, found, remedy }
}

export function warned(name: string, found: string, remedy: string): Check {
  return { name, ok: 'warning', found, remedy }
}

export function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
