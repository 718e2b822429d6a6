import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from '../../scripts/lib/paths.mjs'

const css = readFileSync(join(projectRoot, 'src/renderer/styles.css'), 'utf8')
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)')

const papers = ['bg', 'panel', 'raise']
const inks = ['text', 'soft', 'faint', 'accent-text', 'ok', 'bad', 'wait', 'doubt']

function colour(theme: string, name: string): number[] {
  const [, hex] = new RegExp(`--${name}: #([0-9a-f]{6})`).exec(theme) ?? []
  if (!hex) throw new Error(`no colour ${name}`)
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(channels: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [brighter = 0, darker = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (brighter + 0.05) / (darker + 0.05)
}

/** A paper under the accent's tint of a selected row. */
function tinted(theme: string, paper: string): number[] {
  const accent = colour(theme, 'accent')
  return colour(theme, paper).map((c, i) => c * 0.9 + (accent[i] ?? 0) * 0.1)
}

test.each([
  ['light', light],
  ['dark', dark],
])('every ink can be read on every paper, selected or not: %s', (_, theme) => {
  for (const paper of papers) {
    for (const ink of inks) {
      for (const ground of [colour(theme, paper), tinted(theme, paper)]) {
        const ratio = contrast(colour(theme, ink), ground)
        expect({ ink, paper, readable: ratio >= 4.5 || ratio }).toEqual({ ink, paper, readable: true })
      }
    }
  }
})

test('the tray’s one tone stands out on black and on white panels', () => {
  const drawing = readFileSync(join(projectRoot, 'scripts/draw-assets.mjs'), 'utf8')
  const tone = colour(`--tone: ${/MID_TONE = '(#[0-9a-f]{6})'/.exec(drawing)?.[1]}`, 'tone')
  expect(contrast(tone, [0.13, 0.13, 0.13])).toBeGreaterThan(3)
  expect(contrast(tone, [1, 1, 1])).toBeGreaterThan(3)
})
