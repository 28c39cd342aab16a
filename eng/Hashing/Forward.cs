using System.IO.Hashing;
using System.Runtime.CompilerServices;

// Without a use of the assembly it would not be copied beside what references this project.
[assembly: TypeForwardedTo(typeof(Crc64))]
