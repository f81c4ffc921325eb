export default function AnalysisPanel() {
  return null;
}
