/* An EGL that is taken for a GPU's and gives up, as DRIVER says:
 *   draw        it draws, under the name of a GPU
 *   refuse:N    from its Nth picture on it refuses to present
 *   crash:N     at its Nth picture it kills the process
 *   hang:N      at its Nth picture it never comes back
 * `driver` builds it. Everything else is done by the system's own EGL, which is linked to this. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GL_VENDOR 0x1F00
#define GL_RENDERER 0x1F01

typedef void (*any)(void);

static const unsigned char *(*get_string)(unsigned);

/* What makes llvmpipe a GPU. */
static const unsigned char *renamed(unsigned name) {
    if (name == GL_VENDOR) return (const unsigned char *)"Example";
    if (name == GL_RENDERER) return (const unsigned char *)"Example GPU";
    return get_string(name);
}

any eglGetProcAddress(const char *name) {
    static any (*next)(const char *);
    if (!next) next = (any (*)(const char *))dlsym(RTLD_NEXT, "eglGetProcAddress");
    any found = next(name);
    if (found && strcmp(name, "glGetString") == 0) {
        get_string = (const unsigned char *(*)(unsigned))found;
        return (any)renamed;
    }
    return found;
}

#define EGL_BAD_SURFACE 0x300D

static int refused;

int eglGetError(void) {
    static int (*next)(void);
    if (!next) next = (int (*)(void))dlsym(RTLD_NEXT, "eglGetError");
    int is = refused ? EGL_BAD_SURFACE : next();
    refused = 0;
    return is;
}

unsigned eglSwapBuffers(void *display, void *surface) {
    static unsigned (*next)(void *, void *);
    static long pictures;
    const char *how = getenv("DRIVER");
    const char *colon = how ? strchr(how, ':') : NULL;
    if (!next) next = (unsigned (*)(void *, void *))dlsym(RTLD_NEXT, "eglSwapBuffers");
    pictures += 1;
    if (colon && pictures >= atol(colon + 1)) {
        if (how[0] == 'r') {
            refused = 1;
            return 0;
        }
        if (how[0] == 'c') raise(SIGSEGV);
        if (how[0] == 'h') for (;;) pause();
    }
    return next(display, surface);
}
