// An old address of something that has moved to its own conversation leads there, if it is open to the reader.
(async () => {
  const line = location.hash.slice(1);
  if (!/^[0-9a-f]{32}$/.test(line) || document.getElementById(line)) return;
  const answer = await fetch(`/lines/${line}`, { method: "HEAD" });
  if (answer.ok) location.replace(`/lines/${line}`);
})();
