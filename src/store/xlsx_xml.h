/* One part of a workbook read as XML, in constant memory.
 *
 * Comes in: a part, and what to call for each tag and text. Names of elements and attributes come
 * without their prefix: `x:row` is `row`. A handler may pause the reader (after a row), and
 * xlsx_xml_run goes on where it stopped; or refuse the part.
 *
 * Refused, and told: a document type (with it all entities but the five of XML itself), more
 * elements within elements and longer pieces than the package's limits, and whatever is not well
 * formed.
 */
#ifndef STORE_XLSX_XML_H
#define STORE_XLSX_XML_H

#include "store/xlsx_package.h"

typedef struct XmlReader XmlReader;

typedef struct XmlHandlers {
    /* `depth` is 1 for the root. `attributes` are names and values in turn, NULL at the end. */
    void (*start)(void *context, unsigned depth, const char *name, const char *const *attributes);
    void (*end)(void *context, unsigned depth, const char *name);
    void (*text)(void *context, const char *text, size_t len); /* not NUL-terminated; in pieces */
} XmlHandlers;

typedef enum XmlStep {
    XML_STEP_PAUSED,
    XML_STEP_END,
    XML_STEP_REFUSED,
    XML_STEP_UNREADABLE
} XmlStep;

/* NULL: told, `unreadable` says why. Handlers that are NULL are not called. */
XmlReader *xlsx_xml_open(XlsxPackage *package, Faults *faults, int64_t part,
                         const XmlHandlers *handlers, void *context);
void xlsx_xml_close(XmlReader *xml);
/* On to the next pause, or to the end. */
XmlStep xlsx_xml_run(XmlReader *xml);
/* Bytes of the part read so far. */
uint64_t xlsx_xml_done(const XmlReader *xml);

/* For handlers. */
void xlsx_xml_pause(XmlReader *xml);
/* Tells it, with the name of the part, and ends the reading. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void
xlsx_xml_refuse(XmlReader *xml, DiagCode code, const char *format, ...);
/* The value of an attribute, or NULL. */
const char *xlsx_xml_attribute(const char *const *attributes, const char *name);

/* A whole part at once. */
StoreResult xlsx_xml_read(XmlReader *xml);

#endif
