/** The texts on the frozen picture of the screens. */
export const pointingTexts = {
  label: (name: string) => `Point at the input of ${name}`,
  click: 'Click into the input of',
  escape: 'leaves everything as it was',
  keys: 'arrows move, Enter chooses',
  untitled: 'a window without a title',
  nothing: 'no window here',
  twins: (count: number) => `${count} windows have this title: this one is known until it closes`,
} as const
