package io.jenkins.plugins.shera.platform.config;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A stored thing as JSON, for the audit trail's before and after. */
final class Snapshot {

    private static final ObjectMapper JSON = new ObjectMapper()
            .setVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
            .setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .setSerializationInclusion(JsonInclude.Include.NON_EMPTY);

    private Snapshot() {}

    static String of(Object thing) {
        try {
            return thing == null ? null : JSON.writeValueAsString(thing);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored thing is plain data: " + thing.getClass(), e);
        }
    }
}
