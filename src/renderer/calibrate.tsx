import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import { createRoot } from 'react-dom/client'
import { PointingView } from './pointing/pointing-view'
import './styles.css'
import { call, shownScreen } from './waggle'

const root = document.getElementById('root')
if (!root) throw new Error('calibrate.html has no element with the id "root".')

const { index, picture } = shownScreen()
const scene = await call('pointing.scene', {})
const screen = scene.screens[index]?.rect
if (!screen) throw new Error(`There is no screen ${index}.`)
createRoot(root).render(<PointingView scene={scene} screen={screen} picture={picture} call={call} />)
