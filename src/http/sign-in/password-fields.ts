/** Two fields for a new password and the rules it keeps: told beforehand, ticked off while a person types. */
import { passwordRules, type Audience } from '../../domain/password-rules.ts'
import { escape } from '../brand.ts'
import { faultOf, sayFor, type Said, type Visit } from './frame.ts'

/** `isFirst`: there was none before, so it is not called new. */
export function newPasswordFields(
  visit: Visit,
  audience: Audience,
  said: Said | null,
  isFirst = false,
): string {
  const t = sayFor(visit)
  const [next, again] = isFirst ? (['first', 'firstAgain'] as const) : (['next', 'again'] as const)
  const rules = passwordRules(audience)
    .map(({ key, pattern }) => `<li data-rule="${escape(pattern)}">${t(`door.rules.${key}`)}</li>`)
    .join('')
  return `<div class="field"><label for="next">${t(`door.newPassword.${next}`)}</label>
<input id="next" name="next" type="password" autocomplete="new-password" required maxlength="200" aria-describedby="rules${said ? ' fault' : ''}"${said ? ' aria-invalid="true"' : ''}>
${faultOf(visit, said)}<ul class="rules" id="rules">${rules}</ul></div>
<div class="field"><label for="again">${t(`door.newPassword.${again}`)}</label>
<input id="again" name="again" type="password" autocomplete="new-password" required maxlength="200">
<p class="fault" id="differ" role="alert" hidden><span>${t('door.newPassword.differ')}</span></p>
<label class="check" id="show" hidden><input type="checkbox">${t('door.newPassword.show')}</label></div>`
}

/**
 * Comfort only: the server checks the same table again. The fields are compared while a person types: what comes or goes
 * when a field is left moves the button away under a finger that is on its way.
 */
export const passwordScript = `
const next=document.getElementById('next'),again=document.getElementById('again'),show=document.getElementById('show'),differ=document.getElementById('differ');
show.hidden=false;
show.firstChild.addEventListener('change',e=>{for(const f of document.querySelectorAll('input[name=current],#next,#again'))f.type=e.target.checked?'text':'password'});
next.addEventListener('input',()=>{for(const li of document.querySelectorAll('[data-rule]')){const kept=new RegExp(li.dataset.rule,'u').test(next.value);li.className=next.value===''?'':kept?'kept':'broken'}});
const compare=()=>{differ.hidden=next.value.startsWith(again.value)};
again.addEventListener('input',compare);next.addEventListener('input',compare);
`
