package hudson.security;

import java.util.function.BiFunction;
import org.springframework.security.core.Authentication;

/** An ACL made of a function. */
final class FunctionACL extends SidACL {
    private final BiFunction<Authentication, Permission, Boolean> allowed;

    FunctionACL(BiFunction<Authentication, Permission, Boolean> allowed) {
        this.allowed = allowed;
    }

    @Override
    public boolean hasPermission2(Authentication a, Permission permission) {
        return a.equals(ACL.SYSTEM2) || allowed.apply(a, permission);
    }
}
