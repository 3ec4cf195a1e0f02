#include "store/server_store.h"

#include "store/server_links.h"

StoreResult server_store_open(Store *store) {
    StoreResult result =
        server_open(&store->servers[0], store->session, store->path, store->timeout);
    if (result != STORE_OK)
        return result;
    store->servers_len = 1;
    result = server_begin(&store->servers[0]);
    return result == STORE_OK ? server_catalog_read(store) : result;
}

void server_store_close(Store *store) {
    for (size_t i = 0; i < store->servers_len; i++)
        server_close(&store->servers[i]);
    store->servers_len = 0;
    server_links_close(store);
}
