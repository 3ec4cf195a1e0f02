# Read by run.sh: statements on a server, by the unit tests that run them on SQLite too.
cluster_database query
if said=$(KPIC_TEST_DATABASE=postgresql:///query CK_RUN_SUITE=query "$BUILD/debug/unit" 2>&1); then
    tap_ok "statements with bound values on a server"
else
    tap_not_ok "statements with bound values on a server" "$said"
fi
