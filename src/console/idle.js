/**
 * Logging out whom nobody sits before. The page asks by itself as long as it is open, so that the provider cannot
 * tell; the page can: hands touch keys or the pointer.
 */
import { useEffect } from 'preact/hooks';

const LOOK_EVERY_MS = 30_000;
const TOUCHES = ['keydown', 'pointerdown', 'wheel'];

/**
 * Calls `ended` when nothing was touched for `idleSeconds`; undefined: nobody is logged in.
 * @param {number | undefined} idleSeconds
 * @param {() => void} ended
 */
export function useIdleEnd(idleSeconds, ended) {
  useEffect(() => {
    if (idleSeconds === undefined) return undefined;
    let touchedAt = Date.now();
    const touch = () => {
      touchedAt = Date.now();
    };
    for (const each of TOUCHES) addEventListener(each, touch, { passive: true });
    const timer = setInterval(() => {
      if (Date.now() - touchedAt >= idleSeconds * 1_000) ended();
    }, LOOK_EVERY_MS);
    return () => {
      clearInterval(timer);
      for (const each of TOUCHES) removeEventListener(each, touch);
    };
  }, [idleSeconds, ended]);
}
