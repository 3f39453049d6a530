/* Meta simulator: stands in for the Facebook SDK for JavaScript. */
(function () {
  'use strict';
  if (window.FB) return;

  var sim = __SETTINGS__;
  var settings = null;
  // What getLoginStatus answers. A page learns it from the dialogs that it opens.
  var session = { authResponse: null, status: 'unknown' };
  var listeners = {};
  var popups = 0;

  function refuseHttp(method) {
    if (!sim.refuseHttp || location.protocol === 'https:') return false;
    console.error('The method FB.' + method + ' can no longer be called from http pages. ' +
      'https://developers.facebook.com/blog/post/2018/06/08/enforce-https-facebook-login/');
    return true;
  }

  function before(method) {
    if (settings) return false;
    console.error('FB.' + method + '() called before FB.init().');
    return true;
  }

  function onlyPlainFunction(callback) {
    if (callback && callback.constructor && callback.constructor.name === 'AsyncFunction') {
      throw new Error('Expression is of type asyncfunction, not function');
    }
  }

  function fire(name, value) {
    (listeners[name] || []).forEach(function (listener) { listener(value); });
  }

  function remember(response) {
    var changed = session.status !== response.status;
    session = response;
    if (changed) fire('auth.statusChange', response);
  }

  function init(options) {
    options = options || {};
    if (!/^v\d+\.\d+$/.test(options.version || '')) throw new Error('init not called with valid version');
    if (options.appId === undefined || options.appId === null || options.appId === '') return;
    if (!/^\d+$/.test(String(options.appId))) {
      console.error('Invalid App Id: Must be a number or numeric string representing the application id.');
      return;
    }
    settings = { appId: String(options.appId), version: options.version };
    if (options.status) getLoginStatus(function () {});
  }

  function dialogAddress(options, id) {
    var arbiter = sim.base + '/x/connect/xd_arbiter/?version=46#cb=' + id +
      '&domain=' + encodeURIComponent(location.hostname) +
      '&origin=' + encodeURIComponent(location.origin) + '&relation=opener';
    var code = options.response_type && String(options.override_default_response_type) === 'true';
    var query = new URLSearchParams({
      app_id: settings.appId,
      client_id: settings.appId,
      cbt: String(Date.now()),
      channel_url: arbiter,
      display: options.display || 'popup',
      domain: location.hostname,
      e2e: '{}',
      fallback_redirect_uri: options.fallback_redirect_uri || location.href,
      locale: 'en_US',
      logger_id: id,
      origin: '1',
      redirect_uri: options.redirect_uri || arbiter + '&frame=' + id,
      response_type: code ? options.response_type : 'token,signed_request,graph_domain',
      sdk: 'joey',
      version: settings.version
    });
    ['scope', 'auth_type', 'config_id', 'auth_nonce', 'messenger_page_id'].forEach(function (name) {
      if (options[name]) query.set(name, options[name]);
    });
    query.set('return_scopes', options.return_scopes ? 'true' : 'false');
    if (code) query.set('override_default_response_type', 'true');
    if (options.extras) query.set('extras', JSON.stringify(options.extras));
    return sim.base + '/' + settings.version + '/dialog/oauth?' + query.toString();
  }

  function responseOf(params, options) {
    if (params.code && !params.access_token) {
      // In the code flow `status` means nothing, so it says the less helpful of the two words seen in the wild.
      return { authResponse: { code: params.code, userID: null, accessToken: null, expiresIn: null }, status: 'unknown' };
    }
    if (params.access_token) {
      var auth = {
        accessToken: params.access_token,
        expiresIn: Number(params.expires_in),
        signedRequest: params.signed_request,
        userID: params.user_id,
        graphDomain: params.graph_domain,
        data_access_expiration_time: Number(params.data_access_expiration_time)
      };
      if (options.return_scopes) auth.grantedScopes = params.granted_scopes;
      return { authResponse: auth, status: 'connected' };
    }
    return { authResponse: null, status: 'unknown' };
  }

  // Who says no in the dialog is logged in there all the same; what was allowed before stays allowed.
  function refused() {
    return session.status === 'connected' ? session : { authResponse: null, status: 'not_authorized' };
  }

  function login(callback, options) {
    onlyPlainFunction(callback);
    if (before('login') || refuseHttp('login')) return;
    options = options || {};
    popups += 1;
    var id = 'f' + popups + Math.random().toString(16).slice(2, 14);
    // Synchronous, so that the click that led here still counts as a user gesture.
    var popup = window.open(dialogAddress(options, id), 'sim_' + id, 'popup,width=640,height=780,scrollbars=yes');
    var done = false;

    function finish(response, known) {
      if (done) return;
      done = true;
      clearInterval(watch);
      window.removeEventListener('message', heard);
      remember(known);
      if (callback) callback(response);
    }

    function heard(event) {
      if (event.origin !== sim.origin || typeof event.data !== 'string') return;
      var message;
      try { message = JSON.parse(event.data); } catch (error) { return; }
      if (message.type !== 'sim-xd' || message.cb !== id) return;
      var response = responseOf(message.params, options);
      finish(response, response.authResponse ? response : message.params.error ? refused() : session);
    }

    window.addEventListener('message', heard);
    var watch = setInterval(function () {
      if (popup && !popup.closed) return;
      clearInterval(watch);
      // A message posted just before the window closed is still on its way.
      setTimeout(function () { finish({ authResponse: null, status: 'unknown' }, session); }, 500);
    }, 200);
  }

  function getLoginStatus(callback) {
    if (before('getLoginStatus') || refuseHttp('getLoginStatus')) return;
    setTimeout(function () { if (callback) callback(session); }, 0);
  }

  function logout(callback) {
    if (before('logout')) return;
    if (!session.authResponse || !session.authResponse.accessToken) {
      console.error('FB.logout() called without an access token.');
      return;
    }
    remember({ authResponse: null, status: 'unknown' });
    setTimeout(function () { if (callback) callback(session); }, 0);
  }

  function api(path) {
    if (before('api')) return;
    var rest = Array.prototype.slice.call(arguments, 1);
    var method = 'get', params = {}, callback = function () {};
    rest.forEach(function (argument) {
      if (typeof argument === 'string') method = argument;
      else if (typeof argument === 'function') callback = argument;
      else if (argument) params = argument;
    });
    var query = new URLSearchParams();
    Object.keys(params).forEach(function (name) {
      var value = params[name];
      query.set(name, typeof value === 'object' ? JSON.stringify(value) : value);
    });
    if (session.authResponse && session.authResponse.accessToken && !query.has('access_token')) {
      query.set('access_token', session.authResponse.accessToken);
    }
    query.set('method', method);
    fetch(sim.base + '/' + settings.version + '/' + path.replace(/^\//, ''), { method: 'POST', body: query })
      .then(function (response) { return response.json(); })
      .then(callback, function () { callback({ error: { message: 'Network error', type: 'http', code: 1 } }); });
  }

  window.FB = {
    init: init,
    login: login,
    logout: logout,
    getLoginStatus: getLoginStatus,
    getAuthResponse: function () { return session.authResponse; },
    getAccessToken: function () { return session.authResponse && session.authResponse.accessToken; },
    getUserID: function () { return (session.authResponse && session.authResponse.userID) || ''; },
    api: api,
    Event: {
      subscribe: function (name, listener) { (listeners[name] = listeners[name] || []).push(listener); },
      unsubscribe: function (name, listener) {
        listeners[name] = (listeners[name] || []).filter(function (known) { return known !== listener; });
      }
    },
    XFBML: { parse: function () {} },
    AppEvents: { logPageView: function () {}, logEvent: function () {} }
  };

  if (typeof window.fbAsyncInit === 'function' && !window.fbAsyncInit.hasRun) {
    window.fbAsyncInit.hasRun = true;
    setTimeout(window.fbAsyncInit, 0);
  }
})();
