(function () {
  'use strict';
  var answer = new URLSearchParams(location.hash.slice(1));
  var text = document.getElementById('text');
  var origin = answer.get('origin');
  var order = answer.get('order') || 'before';
  var session = answer.get('session');
  if (answer.get('blocked')) {
    text.textContent = 'The page that opened this window is not among the allowed domains for the JavaScript SDK, so nothing is posted back.';
    return;
  }
  if (!window.opener || !origin) {
    text.textContent = 'This window has lost the page that opened it, so nothing can be posted back.';
    return;
  }
  function postSession() {
    if (session && order !== 'missing') window.opener.postMessage(session, origin);
  }
  function postAnswer() {
    if (session && order === 'only') return;
    var params = {};
    answer.forEach(function (value, name) {
      if (['cb', 'origin', 'relation', 'session', 'order', 'domain', 'frame'].indexOf(name) < 0) params[name] = value;
    });
    window.opener.postMessage(JSON.stringify({ type: 'sim-xd', cb: answer.get('cb'), params: params }), origin);
  }
  if (order === 'after') { postAnswer(); setTimeout(postSession, 300); } else { postSession(); postAnswer(); }
  history.replaceState(null, '', location.pathname);
  text.textContent = 'You can close this window.';
  setTimeout(function () { window.close(); }, order === 'after' ? 600 : 50);
})();
