import { expect, test } from 'vitest'
import { strangersInRights } from '../../src/main/doctor/windows-rights'

const me = 'S-1-5-21-1-2-3-1001'

test.each([
  [
    'the user, the system and administrators',
    `O:${me}D:PAI(A;OICI;FA;;;${me})(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)`,
    [],
  ],
  ['whoever makes a file, as what is inherited alone', `D:AI(A;OICIID;FA;;;SY)(A;OICIIOID;FA;;;CO)`, []],
  ['everyone', 'D:(A;OICI;FA;;;WD)(A;;FA;;;SY)', ['WD']],
  ['all users of the computer, who may read', `D:AI(A;OICIID;0x1200a9;;;BU)(A;OICIID;FA;;;${me})`, ['BU']],
  [
    'another user, who may write',
    `D:(A;;FA;;;${me})(A;;0x116;;;S-1-5-21-1-2-3-1002)`,
    ['S-1-5-21-1-2-3-1002'],
  ],
  ['somebody to whom it is denied', 'D:(D;;FA;;;WD)(A;;FA;;;BA)', []],
  ['nobody at all, since there is no list', 'D:NO_ACCESS_CONTROL', ['WD']],
])('of those who have a right to the home strangers are told from the rest: %s', (_, rights, strangers) => {
  expect(strangersInRights(rights, me)).toEqual(strangers)
})
