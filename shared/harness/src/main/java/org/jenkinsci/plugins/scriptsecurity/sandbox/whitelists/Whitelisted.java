package org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jvnet.hudson.annotation_indexer.Indexed;

/** Marks what a script in the sandbox may call. */
@Target({ElementType.CONSTRUCTOR, ElementType.METHOD, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
@Indexed
@Documented
public @interface Whitelisted {
    boolean restricted() default false;
}
