using System.Runtime.InteropServices;
using System.Text;

namespace RedisHaBake.Cli.Files;

/// <summary>Files that are there whole or not at all, with their mode from the first byte.</summary>
internal static partial class AtomicFile
{
    /// <summary>0600.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0644.</summary>
    public const UnixFileMode Shared = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const string Suffix = ".tmp";
    private const int WorkingDirectory = -100;
    private const uint NoReplace = 1;
    private const int Exists = 17;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    /// <summary>Writes <paramref name="text"/> as UTF-8 by way of a file beside it.</summary>
    /// <exception cref="UnwritableException">It cannot be written there.</exception>
    public static void Write(string path, string text, UnixFileMode mode) => Put(path, text, mode, overwrite: true);

    /// <summary>The same where there is no such file.</summary>
    /// <returns>False where there is one by now; it stays as it is.</returns>
    /// <exception cref="UnwritableException">It cannot be written there.</exception>
    public static bool TryCreate(string path, string text, UnixFileMode mode) => Put(path, text, mode, overwrite: false);

    /// <summary>
    /// Removes what runs that were killed left beside <paramref name="path"/>: half a text, with passwords in it. A run that is at work
    /// holds a lock on its own; the age is for the moment before it has that.
    /// </summary>
    public static void RemoveLeftovers(string path)
    {
        try
        {
            foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}.*{Suffix}"))
            {
                if (File.GetLastWriteTimeUtc(left) > DateTime.UtcNow - Fresh)
                    continue;
                using var dead = new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(left);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody writes there just now, or only its owner may remove it. Nothing that this run makes depends on it.
        }
    }

    /// <summary>Gives a file other permissions.</summary>
    /// <exception cref="UnwritableException">The system refuses.</exception>
    public static void SetMode(string path, UnixFileMode mode)
    {
        try
        {
            File.SetUnixFileMode(path, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UnwritableException.Mode(path, e);
        }
    }

    private static bool Put(string path, string text, UnixFileMode mode, bool overwrite)
    {
        try
        {
            // Through links, so that a file that is kept elsewhere stays where it is.
            // (Of a path without a directory .NET would take the target from the root.)
            if (new FileInfo(path).LinkTarget is not null)
                path = File.ResolveLinkTarget(Path.GetFullPath(path), returnFinalTarget: true)!.FullName;
            Replace(path, text, mode, overwrite);
            return true;
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw UnwritableException.Because(path, e);
        }
    }

    private static void Replace(string path, string text, UnixFileMode mode, bool overwrite)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(directory, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}{Suffix}");
        RemoveLeftovers(path);
        try
        {
            using (var file = new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = FileShare.None,
                UnixCreateMode = mode,
            }))
            {
                // The umask may have taken more away; nothing ever adds to it.
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
                // However long that took: from here on its age keeps it from being taken for a leftover.
                File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UtcNow);
            }

            // Closed before: .NET keeps its lock on the file, also under the new name, and another run could not read it for that moment.
            if (overwrite || !IsPlacedWhereNothingIs(temporary, path))
                File.Move(temporary, path, overwrite);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // .NET's own move without overwriting looks first and renames then: of two runs at the same moment each would believe that its file is there.
    private static bool IsPlacedWhereNothingIs(string temporary, string path)
    {
        if (RenameAt2(WorkingDirectory, temporary, WorkingDirectory, path, NoReplace) == 0)
            return true;
        // A file system that cannot do it, such as one over the network, is left to .NET.
        return Marshal.GetLastPInvokeError() == Exists ? throw new IOException($"{path} exists") : false;
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int fromDirectory, string from, int toDirectory, string to, uint flags);
}
