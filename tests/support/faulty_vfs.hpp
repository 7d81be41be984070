// FaultyVfs: SQLite's files on a disk that stops at a chosen moment. While one lives, every database opened
// goes through it.
//
// stop_at(n) models kill -9 or a dead disk: the n-th write, sync, truncation or deletion and all later ones
// fail, so what is on the disk stays as it was at that moment. fill_at(n) models a full disk: writes fail,
// everything else works. For tests that fail each step in turn.
#pragma once

#include <sqlite3.h>

#include <cstring>
#include <string>

namespace entrawatch::test {

class FaultyVfs {
  public:
    FaultyVfs() : base_(sqlite3_vfs_find(nullptr)), vfs_(*base_) {
        vfs_.zName = "entrawatch-faulty";
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + base_->szOsFile;
        vfs_.pAppData = this;
        vfs_.xOpen = open;
        vfs_.xDelete = remove;
        sqlite3_vfs_register(&vfs_, 1);
    }
    ~FaultyVfs() {
        sqlite3_vfs_unregister(&vfs_);
        sqlite3_vfs_register(base_, 1);
    }
    FaultyVfs(const FaultyVfs&) = delete;
    FaultyVfs& operator=(const FaultyVfs&) = delete;

    void stop_at(int step) { arm(step, SQLITE_IOERR); }
    void fill_at(int step) { arm(step, SQLITE_FULL); }
    void heal() { fail_from_ = 0; }
    [[nodiscard]] int steps() const { return steps_; }

  private:
    struct File {
        sqlite3_file head;
        FaultyVfs* vfs;
        sqlite3_io_methods methods;
        sqlite3_file* base() { return reinterpret_cast<sqlite3_file*>(this + 1); }
        static File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
    };

    void arm(int step, int code) {
        steps_ = 0;
        fail_from_ = step;
        code_ = code;
    }
    // The result of one more step: ours when the disk has stopped.
    int step(bool needs_room) {
        ++steps_;
        const bool stopped = fail_from_ > 0 && steps_ >= fail_from_;
        return stopped && (code_ != SQLITE_FULL || needs_room) ? code_ : SQLITE_OK;
    }

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
        auto* self = static_cast<FaultyVfs*>(vfs->pAppData);
        File& ours = File::of(file);
        ours.head.pMethods = nullptr;
        ours.vfs = self;
        const int code = self->base_->xOpen(self->base_, name, ours.base(), flags, out);
        if (ours.base()->pMethods == nullptr) return code;
        ours.methods = *ours.base()->pMethods;
        ours.methods.iVersion = 2;  // no memory-mapped reads past us
        ours.methods.xClose = [](sqlite3_file* f) {
            return File::of(f).base()->pMethods->xClose(File::of(f).base());
        };
        ours.methods.xRead = [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
            return File::of(f).base()->pMethods->xRead(File::of(f).base(), to, n, at);
        };
        ours.methods.xWrite = [](sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
            if (const int stopped = File::of(f).vfs->step(true); stopped != SQLITE_OK) return stopped;
            return File::of(f).base()->pMethods->xWrite(File::of(f).base(), from, n, at);
        };
        ours.methods.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
            if (const int stopped = File::of(f).vfs->step(false); stopped != SQLITE_OK) return stopped;
            return File::of(f).base()->pMethods->xTruncate(File::of(f).base(), size);
        };
        // A step like any other, but without the wait: a test's files need not outlive a power cut.
        ours.methods.xSync = [](sqlite3_file* f, int) { return File::of(f).vfs->step(false); };
        ours.methods.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
            return File::of(f).base()->pMethods->xFileSize(File::of(f).base(), size);
        };
        ours.methods.xLock = [](sqlite3_file* f, int how) {
            return File::of(f).base()->pMethods->xLock(File::of(f).base(), how);
        };
        ours.methods.xUnlock = [](sqlite3_file* f, int how) {
            return File::of(f).base()->pMethods->xUnlock(File::of(f).base(), how);
        };
        ours.methods.xCheckReservedLock = [](sqlite3_file* f, int* held) {
            return File::of(f).base()->pMethods->xCheckReservedLock(File::of(f).base(), held);
        };
        ours.methods.xFileControl = [](sqlite3_file* f, int what, void* with) {
            return File::of(f).base()->pMethods->xFileControl(File::of(f).base(), what, with);
        };
        ours.methods.xSectorSize = [](sqlite3_file* f) {
            return File::of(f).base()->pMethods->xSectorSize(File::of(f).base());
        };
        ours.methods.xDeviceCharacteristics = [](sqlite3_file* f) {
            return File::of(f).base()->pMethods->xDeviceCharacteristics(File::of(f).base());
        };
        ours.methods.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** to) {
            return File::of(f).base()->pMethods->xShmMap(File::of(f).base(), page, size, extend, to);
        };
        ours.methods.xShmLock = [](sqlite3_file* f, int from, int n, int how) {
            return File::of(f).base()->pMethods->xShmLock(File::of(f).base(), from, n, how);
        };
        ours.methods.xShmBarrier = [](sqlite3_file* f) {
            File::of(f).base()->pMethods->xShmBarrier(File::of(f).base());
        };
        ours.methods.xShmUnmap = [](sqlite3_file* f, int remove_it) {
            return File::of(f).base()->pMethods->xShmUnmap(File::of(f).base(), remove_it);
        };
        ours.head.pMethods = &ours.methods;
        return code;
    }
    static int remove(sqlite3_vfs* vfs, const char* name, int sync) {
        auto* self = static_cast<FaultyVfs*>(vfs->pAppData);
        if (const int stopped = self->step(false); stopped != SQLITE_OK) return stopped;
        return self->base_->xDelete(self->base_, name, sync);
    }

    sqlite3_vfs* base_;
    sqlite3_vfs vfs_;
    int steps_ = 0;
    int fail_from_ = 0;
    int code_ = SQLITE_IOERR;
};

}  // namespace entrawatch::test
