#include "store/xlsx_xml.h"

#include <string.h>

#include <expat.h>

#define BLOCK ((size_t)64 * 1024)

struct XmlReader {
    XML_Parser parser;
    XlsxPart *part;
    Faults *faults;
    const XlsxLimits *limits;
    const char *name; /* of the part */
    XmlHandlers handlers;
    void *context;
    unsigned depth;
    uint64_t done;
    bool pausing, paused, refused, at_end;
};

static const char *without_prefix(const char *name) {
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *xlsx_xml_attribute(const char *const *attributes, const char *name) {
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(without_prefix(attributes[i]), name) == 0)
            return attributes[i + 1];
    return NULL;
}

/* ---- what expat calls ------------------------------------------------------------------------ */

static void on_start(void *user, const XML_Char *name, const XML_Char **attributes) {
    XmlReader *xml = user;
    xml->depth++;
    if (xml->refused)
        return;
    if (xml->depth > xml->limits->depth)
        xlsx_xml_refuse(xml, DIAG_xlsx_too_large, "has elements in one another more than %u deep",
                        xml->limits->depth);
    else if (xml->handlers.start)
        xml->handlers.start(xml->context, xml->depth, without_prefix(name),
                            (const char *const *)attributes);
}

static void on_end(void *user, const XML_Char *name) {
    XmlReader *xml = user;
    if (!xml->refused && xml->handlers.end)
        xml->handlers.end(xml->context, xml->depth, without_prefix(name));
    xml->depth--;
    if (xml->pausing && !xml->refused)
        XML_StopParser(xml->parser, XML_TRUE);
    xml->pausing = false;
}

static void on_text(void *user, const XML_Char *text, int len) {
    XmlReader *xml = user;
    if (!xml->refused && xml->handlers.text)
        xml->handlers.text(xml->context, text, (size_t)len);
}

static void on_doctype(void *user, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public, int internal) {
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    xlsx_xml_refuse(user, DIAG_xlsx_document_type,
                    "declares a document type, with which entities come; no workbook has one");
}

/* ---- opening --------------------------------------------------------------------------------- */

XmlReader *xlsx_xml_open(XlsxPackage *package, Faults *faults, int64_t part,
                         const XmlHandlers *handlers, void *context) {
    static const XML_Memory_Handling_Suite memory = {memory_alloc, memory_resize, memory_free};
    XlsxPart *stream = xlsx_part_open(package, faults, part);
    if (!stream)
        return NULL;
    XmlReader *xml = memory_alloc(sizeof *xml);
    *xml = (XmlReader){.part = stream,
                       .faults = faults,
                       .limits = xlsx_package_limits(package),
                       .name = xlsx_package_name(package, part),
                       .handlers = *handlers,
                       .context = context};
    xml->parser = XML_ParserCreate_MM(NULL, &memory, NULL);
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    return xml;
}

void xlsx_xml_close(XmlReader *xml) {
    if (!xml)
        return;
    XML_ParserFree(xml->parser);
    xlsx_part_close(xml->part);
    memory_free(xml);
}

uint64_t xlsx_xml_done(const XmlReader *xml) {
    return xml->done;
}

/* ---- running --------------------------------------------------------------------------------- */

void xlsx_xml_pause(XmlReader *xml) {
    xml->pausing = true;
}

void xlsx_xml_refuse(XmlReader *xml, DiagCode code, const char *format, ...) {
    if (xml->refused)
        return;
    xml->refused = true;
    StrBuf words = {0};
    va_list args;
    va_start(args, format);
    strbuf_addv(&words, format, args);
    va_end(args);
    faults_add(xml->faults, code, "the part '%s' %s", xml->name, strbuf_text(&words));
    strbuf_fini(&words);
    XML_StopParser(xml->parser, XML_FALSE);
}

static XmlStep tell_malformed(XmlReader *xml) {
    if (!xml->refused) {
        const char *why = XML_ErrorString(XML_GetErrorCode(xml->parser));
        Diag *diag = faults_add(
            xml->faults, DIAG_xlsx_damaged, "the part '%s' is damaged: %s at byte %lld", xml->name,
            why ? why : "no XML", (long long)XML_GetCurrentByteIndex(xml->parser));
        if (diag)
            diag_help(diag, "open the workbook in a spreadsheet program and save it again");
        xml->refused = true;
    }
    return XML_STEP_REFUSED;
}

/* A piece that does not end is kept by the parser as a whole: before it costs too much. */
static bool piece_too_long(XmlReader *xml) {
    XML_Index at = XML_GetCurrentByteIndex(xml->parser);
    if (at < 0 || xml->done - (uint64_t)at <= xml->limits->token + BLOCK)
        return false;
    xlsx_xml_refuse(xml, DIAG_xlsx_too_large, "has a piece of over %zu bytes that does not end",
                    xml->limits->token);
    return true;
}

static XmlStep block_read(XmlReader *xml, enum XML_Status *status) {
    void *room = XML_GetBuffer(xml->parser, (int)BLOCK);
    if (!room)
        return tell_malformed(xml);
    size_t got = 0;
    switch (xlsx_part_read(xml->part, xml->faults, room, BLOCK, &got)) {
    case PART_BYTES:
        break;
    case PART_END:
        xml->at_end = true;
        break;
    case PART_REFUSED:
        xml->refused = true;
        return XML_STEP_REFUSED;
    case PART_UNREADABLE:
        return XML_STEP_UNREADABLE;
    }
    xml->done += got;
    *status = XML_ParseBuffer(xml->parser, (int)got, xml->at_end);
    return XML_STEP_END;
}

XmlStep xlsx_xml_run(XmlReader *xml) {
    while (!xml->refused) {
        enum XML_Status status;
        if (xml->paused) {
            xml->paused = false;
            status = XML_ResumeParser(xml->parser);
        } else if (xml->at_end) {
            return XML_STEP_END;
        } else {
            XmlStep step = block_read(xml, &status);
            if (step != XML_STEP_END)
                return step;
        }
        if (status == XML_STATUS_ERROR)
            return tell_malformed(xml);
        if (status == XML_STATUS_SUSPENDED) {
            xml->paused = true;
            return XML_STEP_PAUSED;
        }
        if (!xml->at_end && piece_too_long(xml))
            break;
    }
    return XML_STEP_REFUSED;
}

StoreResult xlsx_xml_read(XmlReader *xml) {
    if (!xml)
        return STORE_REFUSED;
    XmlStep step = xlsx_xml_run(xml);
    xlsx_xml_close(xml);
    return step == XML_STEP_END          ? STORE_OK
           : step == XML_STEP_UNREADABLE ? STORE_UNAVAILABLE
                                         : STORE_REFUSED;
}
