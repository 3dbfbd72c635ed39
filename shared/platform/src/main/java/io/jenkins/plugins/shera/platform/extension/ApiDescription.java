package io.jenkins.plugins.shera.platform.extension;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A plugin's part of the OpenAPI document at {@code /shera/openapi.json}: an OpenAPI 3.0 object with {@code paths} and {@code
 * components}. A schema {@code {"$ref": "bean:<class>"}} stands for what Jenkins' remote API exports of that class.
 */
public abstract class ApiDescription implements ExtensionPoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The file beside the class of the description. */
    protected String resource() {
        return "openapi.json";
    }

    /** The part, as it was written down. */
    public final ObjectNode read() throws IOException {
        String path = getClass().getPackageName().replace('.', '/') + "/" + resource();
        try (InputStream in = getClass().getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new FileNotFoundException(
                        resource() + " is not beside " + getClass().getName());
            }
            return (ObjectNode) JSON.readTree(in);
        }
    }

    /** Every part. */
    public static List<ApiDescription> all() {
        return ExtensionList.lookup(ApiDescription.class);
    }
}
