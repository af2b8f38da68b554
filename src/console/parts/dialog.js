/** Questions before a change: a dialog of the browser's own, which keeps the focus inside and closes on Escape. */
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../html.js';

/**
 * The question, when there is one. `answer` is told once.
 * @param {{ question: import('../app.js').Question | undefined, answer: (yes: boolean) => void }} properties
 */
export function QuestionDialog({ question, answer }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    if (question !== undefined) dialog.current?.showModal();
  }, [question]);
  if (question === undefined) return undefined;
  /** @param {Event} event */
  const closed = (event) => {
    const { returnValue } = /** @type {HTMLDialogElement} */ (event.currentTarget);
    answer(returnValue === 'yes');
  };
  return html`<dialog ref=${dialog} aria-labelledby="question" onClose=${closed}>
    <form method="dialog">
      <h2 id="question">${question.title}</h2>
      <div>${question.text}</div>
      <div class="row">
        <button value="no">Leave it as it is</button>
        <button value="yes" class=${question.danger === true ? 'danger' : 'main-action'}>${question.verb}</button>
      </div>
    </form>
  </dialog>`;
}
