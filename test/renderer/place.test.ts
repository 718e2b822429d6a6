import { expect, test } from 'vitest'
import { onScreen, share, windowUnder, within } from '../../src/renderer/pointing/place'

const screen = { x: -1920, y: 120, width: 1920, height: 1080 }

test.each([
  ['at 100 %', { width: 1920, height: 1080 }, { x: 960, y: 540 }],
  ['at 150 %', { width: 1280, height: 720 }, { x: 640, y: 360 }],
  ['at 200 %', { width: 960, height: 540 }, { x: 480, y: 270 }],
])('the middle of the page is the middle of the screen, %s', (_, page, middle) => {
  expect(onScreen(middle, page, screen)).toEqual({ x: -960, y: 660 })
})

test('no point of the page is off its screen', () => {
  const page = { width: 1280, height: 720 }
  expect(onScreen({ x: 0, y: 0 }, page, screen)).toEqual({ x: -1920, y: 120 })
  expect(onScreen({ x: 1280, y: 720 }, page, screen)).toEqual({ x: -1, y: 1199 })
  expect(within({ x: 5, y: 5 }, screen)).toEqual({ x: -1, y: 120 })
})

test('of two windows the front one is under the pointer, a minimized one never', () => {
  const rect = { x: 0, y: 0, width: 10, height: 10 }
  const window = (id: string, minimized = false) => ({ id, title: id, app: '', rect, minimized })
  expect(windowUnder({ x: 9, y: 9 }, [window('hidden', true), window('front'), window('back')])?.id).toBe(
    'front',
  )
  expect(windowUnder({ x: 10, y: 9 }, [window('front')])).toBeUndefined()
})

test('a place is drawn at its share of the screen', () => {
  expect(share({ x: -960, y: 120 }, screen)).toEqual({ left: '50%', top: '0%' })
})
