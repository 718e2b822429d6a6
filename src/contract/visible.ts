/**
 * A text as it is, with the characters that turn the direction of what follows shown by their numbers: unseen, they
 * make “exe.txt” of “txt.exe” where one name or line stands among others.
 */
export function visible(text: string): string {
  return text.replaceAll(
    /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
  )
}
