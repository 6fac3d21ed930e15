// Lets the browser keep the static files, and a page for when there is no network. Nothing anyone wrote is kept.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/service-worker.js");
