/* Test-only stand-in for bcryptprimitives.dll, which Wine 8 lacks: RtlGenRandom under the name that newer Rust code asks for. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) {
  return SystemFunction036(buffer, (ULONG)length);
}
