"""`python -m appliance.cli` is `copperdesk`."""

from appliance.cli.main import main

raise SystemExit(main())
