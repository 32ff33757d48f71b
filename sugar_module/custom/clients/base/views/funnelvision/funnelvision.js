({
    plugins: ['Dashlet'],
    className: 'funnel-dashlet',

    initDashlet: function () {
        'use strict';
        this._place = 'funnel/token';
        this._frameTitle = 'LBL_FUNNEL_DASHLET';
        this._frameHeight = 640;
    },

    /* @part sidecar.js */

    /* The way into Funnel's own pages: a form with a token that works once, in a tab of its own. */
    _offer: function () {
        'use strict';
        var button = document.createElement('button');
        button.type = 'button';
        button.className = 'btn btn-link';
        button.appendChild(document.createTextNode(app.lang.get('LBL_FUNNEL_OPEN')));
        button.addEventListener('click', function () {
            var name = 'funnel' + Date.now(), tab;
            /* Opened at once, or the browser takes it for an advertisement. */
            tab = window.open('about:blank', name);
            app.api.call('create', app.api.buildURL('funnel/sign-in'), {}, {
                success: function (told) {
                    var form = document.createElement('form'), field = document.createElement('input');
                    form.method = 'post';
                    form.action = told.address;
                    form.target = name;
                    field.type = 'hidden';
                    field.name = 'token';
                    field.value = told.token;
                    form.appendChild(field);
                    document.body.appendChild(form);
                    form.submit();
                    document.body.removeChild(form);
                },
                error: function () {
                    if (tab) {
                        tab.document.body.textContent = app.lang.get('LBL_FUNNEL_AWAY');
                    }
                }
            });
        });
        this.$el.append(button);
    }
})
