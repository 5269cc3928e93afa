/** A thin bar of how much is done; without a total it moves to show that work goes on. */

type Props = { done: number; total: number | null; label: string; isFailed?: boolean }

export const ProgressBar = ({ done, total, label, isFailed }: Props) => {
  const share = total ? Math.min(100, Math.round((done / total) * 100)) : null
  return (
    <div
      className={`cd-progress${share === null ? ' cd-progress-endless' : ''}${isFailed ? ' cd-progress-failed' : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share !== null && { 'aria-valuenow': share })}
    >
      <i style={share === null ? {} : { width: `${share}%` }} />
    </div>
  )
}
