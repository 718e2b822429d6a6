import { widgetKinds } from '../harness/inputs/widget-kinds'
import { matrix } from '../real-inputs/matrix'

matrix(widgetKinds, 'copy')
