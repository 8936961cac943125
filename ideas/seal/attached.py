"""Takes a file out of a PDF, as a program of its own: the PDF comes in, the file goes out.

Anybody may bring a PDF to be checked, and what a small one unpacks to may fill all memory: here that ends this process
only. It has nothing of the app at hand. Run by `ideas.seal.checking`.
"""

import io
import resource
import sys
import zlib

import pikepdf

# The most that it takes, in bytes and in seconds of work.
MEMORY, SECONDS = 512 << 20, 10


def attached(pdf: bytes, name: str, largest: int) -> bytes:
    """The attachment of this name, as far as it goes up to `largest` bytes. Raises whatever is wrong with the PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        stream = opened.attachments[name].get_file().obj
        packed = stream.read_raw_bytes()
        if stream.get("/Filter") is None:
            return bytes(packed[:largest])
        if stream.get("/Filter") != "/FlateDecode" or "/DecodeParms" in stream:
            raise ValueError("it is packed in another way than it was here")
        return zlib.decompressobj().decompress(packed, largest)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(attached(sys.stdin.buffer.read(), sys.argv[1], int(sys.argv[2])))
