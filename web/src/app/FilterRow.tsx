/** A row of the legend: a sign, what it stands for, how much of it there is, and whether it is shown. */
import { figure } from "../text/words.ts";

interface RowProps {
  readonly label: string;
  readonly mark: React.ReactNode;
  readonly count: number;
  readonly shown: boolean;
  /** Some, not all, of what the row stands for is shown. */
  readonly partly?: boolean;
  readonly onChange: (shown: boolean) => void;
  readonly children?: React.ReactNode;
}

export function Row({ label, mark, count, shown, partly = false, onChange, children }: RowProps) {
  return (
    <div className={`filter-row${count === 0 ? " is-empty" : ""}`}>
      <label>
        <input
          type="checkbox"
          checked={shown}
          ref={(box) => {
            if (box) box.indeterminate = partly;
          }}
          onChange={(event) => onChange(event.target.checked)}
        />
        {mark}
        <span className="filter-label">{label}</span>
        <span className="filter-count">{figure(count)}</span>
      </label>
      {children}
    </div>
  );
}
