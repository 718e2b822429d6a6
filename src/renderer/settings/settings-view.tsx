import { Heading } from '../components/heading'
import { Notice } from '../components/notice'
import { DoctorChecks } from '../doctor/doctor-checks'
import type { Live } from '../state/live'
import { settingsTexts as texts } from '../texts/settings'
import { About } from './about'
import { ExportRow } from './export-row'
import { fieldGroups } from './fields'
import { Profiles } from './profiles'
import { SettingRow } from './setting-row'
import { otherProblems } from './problems'
import { useSettings } from './use-settings'

const paths = fieldGroups.flatMap(({ fields }) => fields.map(({ path }) => path))

/** Everything that can be set. A change is saved as it is made and holds at once. */
export function SettingsView({ live }: { live: Live }) {
  const state = useSettings(live)
  return (
    <div className="scroller">
      {state.trouble === undefined ? null : <Notice tone="bad">{texts.failed(state.trouble)}</Notice>}
      <p role="status" className="sr-only">
        {state.saved > 0 ? texts.saved : ''}
      </p>
      {state.known ? (
        <div className="mx-auto -mt-5 max-w-[860px] pb-4">
          {otherProblems(paths, state.known.problems).map((problem) => (
            <div key={problem} className="mt-5">
              <Notice tone="bad">{problem}</Notice>
            </div>
          ))}
          {fieldGroups.map(({ group, fields }) => (
            <section key={group} aria-label={texts.groups[group]}>
              <Heading>{texts.groups[group]}</Heading>
              <div className="rounded-[11px] border border-line bg-panel">
                {fields.map((field) => (
                  <SettingRow key={field.path} field={field} state={state} />
                ))}
                {group === 'messages' ? <ExportRow live={live} /> : null}
              </div>
            </section>
          ))}
          <section aria-label={texts.groups.profiles}>
            <Heading>{texts.groups.profiles}</Heading>
            <Profiles state={state} />
          </section>
          <DoctorChecks live={live} show="all" />
          <About live={live} />
        </div>
      ) : null}
    </div>
  )
}
