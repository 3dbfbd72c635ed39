package hudson;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import jenkins.YesNoMaybe;
import net.java.sezpoz.Indexable;

/** Registers the annotated class, static field or static factory method as an extension. */
@Indexable
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD})
@Documented
public @interface Extension {
    /** Extensions with higher numbers come first. */
    double ordinal() default 0;

    /** Whether failure to load the class is to be passed over in silence. */
    boolean optional() default false;

    /** Whether the extension may be added to a running Jenkins. */
    YesNoMaybe dynamicLoadable() default YesNoMaybe.MAYBE;
}
