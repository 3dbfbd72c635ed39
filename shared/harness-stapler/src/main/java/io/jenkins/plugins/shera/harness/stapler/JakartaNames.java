package io.jenkins.plugins.shera.harness.stapler;

import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.Remapper;

/** From the names of Stapler 1.263 (javax) to those of the Stapler inside Jenkins 2.541.3 (jakarta). */
final class JakartaNames extends Remapper {
    private static final String STAPLER = "org/kohsuke/stapler/Stapler";
    private static final Map<String, String> TYPES = Map.of(
            "org/kohsuke/stapler/StaplerRequest", "org/kohsuke/stapler/StaplerRequest2",
            "org/kohsuke/stapler/StaplerResponse", "org/kohsuke/stapler/StaplerResponse2",
            "javax/annotation/PostConstruct", "jakarta/annotation/PostConstruct");
    private static final Map<String, String> PREFIXES =
            Map.of("javax/servlet/", "jakarta/servlet/", "org/kohsuke/asm5/", "org/objectweb/asm/");
    private static final Map<String, String> METHODS_OF_STAPLER =
            Map.of("getCurrentRequest", "getCurrentRequest2", "getCurrentResponse", "getCurrentResponse2");

    JakartaNames() {
        super(Opcodes.ASM9);
    }

    @Override
    public String map(String name) {
        String type = TYPES.get(name);
        if (type != null) {
            return type;
        }
        for (Map.Entry<String, String> prefix : PREFIXES.entrySet()) {
            if (name.startsWith(prefix.getKey())) {
                return prefix.getValue() + name.substring(prefix.getKey().length());
            }
        }
        return name;
    }

    @Override
    public String mapMethodName(String owner, String name, String descriptor) {
        return owner.equals(STAPLER) ? METHODS_OF_STAPLER.getOrDefault(name, name) : name;
    }
}
