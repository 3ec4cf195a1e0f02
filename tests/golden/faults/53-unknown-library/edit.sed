s/^use england/use englnd/
