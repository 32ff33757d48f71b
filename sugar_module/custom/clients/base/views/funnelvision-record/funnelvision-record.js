({
    plugins: ['Dashlet'],
    className: 'funnel-dashlet',

    initDashlet: function () {
        'use strict';
        this._place = this._record();
        this._frameTitle = 'LBL_FUNNEL_RECORD';
        this._frameHeight = 320;
    },

    /* @part sidecar.js */

    /* The record the page shows: its token is asked for by name, and Sugar checks the right to it. */
    _record: function () {
        'use strict';
        var model = this.context.parent ? this.context.parent.get('model') : this.context.get('model');
        var module = model ? model.module : '';
        if (!model || !model.id || (module !== 'Leads' && module !== 'Contacts')) {
            return '';
        }
        return 'funnel/token/' + module + '/' + encodeURIComponent(model.id);
    }
})
