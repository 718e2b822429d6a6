import { widgetKinds } from '../harness/inputs/widget-kinds'
import { matrix } from './matrix'

matrix(widgetKinds, 'copy')
