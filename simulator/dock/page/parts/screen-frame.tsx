import { useLayoutEffect, useRef, useState } from 'react';
import type { Panel } from '../panels.ts';

interface ScreenFrameProps {
  readonly url: string;
  readonly panel: Panel;
}

/** The customer's page at the true pixels of its panel, made smaller as a whole to fit beside the dock. */
export function ScreenFrame({ url, panel }: ScreenFrameProps) {
  const room = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(0.4);

  useLayoutEffect(() => {
    const measure = (): void => {
      if (room.current === null) return;
      const { clientWidth, clientHeight } = room.current;
      setScale(Math.min(clientWidth / panel.width, clientHeight / panel.height, 1));
    };
    const observer = new ResizeObserver(measure);
    if (room.current !== null) observer.observe(room.current);
    measure();
    return () => observer.disconnect();
  }, [panel]);

  const shown = { width: panel.width * scale, height: panel.height * scale };
  return (
    <div className="room" ref={room} style={{ aspectRatio: panel.width / panel.height }}>
      <div className="glass-edge" style={shown}>
        {url === '' ? (
          <p className="warming">The terminal is starting…</p>
        ) : (
          <iframe
            src={url}
            title="The customer’s screen"
            style={{ width: panel.width, height: panel.height, transform: `scale(${scale})` }}
          />
        )}
      </div>
    </div>
  );
}
