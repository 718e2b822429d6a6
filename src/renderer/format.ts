import { visible } from '../contract/visible'

/** The first line that says something; rows show no more, and nothing that turns it around. */
export function firstLine(text: string): string {
  const line = text.split('\n').find((line) => line.trim() !== '') ?? ''
  return visible(line.trim().slice(0, 300))
}

/** A span as one number and unit: "63 ms", "2 s", "3 min", "2 h", "4 d". */
export function span(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`
  return wholeSpan(ms)
}

/** An age, never finer than seconds, so that it does not flicker. */
export function wholeSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 100) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 100) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`
}

const two = (value: number) => String(value).padStart(2, '0')

/** "10:42:07", in the desk's own time zone. */
export function clockTime(iso: string): string {
  const at = new Date(iso)
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

const midnight = (at: Date) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate())

/** Days between two moments by the calendar: 0 is today, 1 yesterday. */
export function daysAgo(iso: string, now: number): number {
  const [then, today] = [new Date(iso), new Date(now)]
  return Math.round((midnight(today) - midnight(then)) / 86_400_000)
}

/** "23 November 2026". */
export function longDate(iso: string): string {
  return new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
}
