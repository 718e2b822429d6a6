/** The name under which the person at the desk sends, from the window and the tray. */
export const PERSON = 'you'
