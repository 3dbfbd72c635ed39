package hudson.init;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jvnet.hudson.annotation_indexer.Indexed;

/** A static method that runs during shutdown. */
@Indexed
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Terminator {
    /** Runs once this milestone is reached. */
    TermMilestone after() default TermMilestone.STARTED;

    /** Is done before this milestone is reached. */
    TermMilestone before() default TermMilestone.COMPLETED;

    /** Names of other things to wait for. */
    String[] requires() default {};

    /** Names of what is reached when this is done. */
    String[] attains() default {};

    /** What is shown in the log. */
    String displayName() default "";
}
